import { aptInstall, aptUpdate, isRootOnDebian } from './debian.mjs'

/**
 * A step that installs what is missing of some Debian packages. `packages` says of each, by its name, how one sees that it
 * is there. What cannot be installed here is skipped by its tests, loudly: this step never fails.
 */
export function debianPackages(title, packages) {
  const missing = () => Object.keys(packages).filter((name) => !packages[name]())
  return {
    title: `Packages: ${title}`,
    doing: `Install ${title} (apt-get install ${missing().join(' ')})`,
    isDone: () => missing().length === 0 || !isRootOnDebian(),
    async run() {
      await aptUpdate().catch(tell)
      for (const name of missing()) await aptInstall(name).catch(tell)
    },
  }
}

function tell(error) {
  console.warn(`\n${error.message}\n`)
}
