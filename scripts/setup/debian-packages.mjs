import { aptInstall, aptUpdate, mayInstall } from './debian.mjs'

/**
 * A step that installs what is missing of some Debian packages, where that is asked for. `packages` says of each, by its
 * name, how one sees that it is there. What cannot be installed is skipped by its tests, loudly: this step never fails.
 */
export function debianPackages(title, packages) {
  const absent = () => Object.keys(packages).filter((name) => !packages[name]())
  return {
    title: `Packages: ${title}`,
    doing: `Install ${title} (apt-get install ${absent().join(' ')})`,
    isDone: () => absent().length === 0 || !mayInstall(),
    async run() {
      await aptUpdate().catch(tell)
      for (const name of absent()) await aptInstall(name).catch(tell)
    },
    missing() {
      const names = absent().join(' ')
      return (
        names &&
        `Not here: ${names}. On Debian: apt-get install ${names}, or APT_INSTALL=1 before this command, as root.`
      )
    },
  }
}

function tell(error) {
  console.warn(`\n${error.message}\n`)
}
