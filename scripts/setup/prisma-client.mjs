import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from '../child.mjs'
import { fingerprint, stamp } from '../fingerprint.mjs'
import { projectRoot } from '../project-root.mjs'

const generated = stamp('generated/.made-from')
const wanted = () => fingerprint(['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'])

export const prismaClient = {
  title: 'Generate the database client',
  isDone: () => existsSync(join(projectRoot, 'generated')) && generated.equals(wanted()),
  async run() {
    await runNode(['node_modules/prisma/build/index.js', 'generate'], {
      // Looked for and never used by `generate`; any existing file spares the download.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    })
    // What the type checker has kept of the client before would be taken for this one's types.
    rmSync(join(projectRoot, 'tsconfig.tsbuildinfo'), { force: true })
    generated.set(wanted())
  },
}
