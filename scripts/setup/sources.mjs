/** Everything that decides what a build looks like. */
export const sources = [
  'app',
  'contracts',
  'domain',
  'server',
  'prisma',
  'public',
  'scripts/setup',
  'next.config.ts',
  'package.json',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
]
