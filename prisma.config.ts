import { defineConfig } from 'prisma/config'

/** Read by the Prisma command line only. The server itself takes its address from server/config.ts. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
