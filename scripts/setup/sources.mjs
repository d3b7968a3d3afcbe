/** Everything that decides what a build looks like. */
export const sources = [
  'app',
  'contracts',
  'domain',
  'packages/embedded-kafka/src',
  'server',
  'prisma',
  'public',
  'scripts/setup/pages.mjs',
  'scripts/setup/server-bundle.mjs',
  'instrumentation-client.ts',
  'next.config.mjs',
  'package.json',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.build.json',
  'tsconfig.json',
]
