import { defineConfig } from 'vitest/config'
import { WaitingFilesFirst } from './tests/support/waiting-files-first.ts'

/**
 * Each file of these runs an app with a broker of its own, or a broker alone, and mostly waits: for processes to start and end,
 * for sessions and retention times to be over.
 */
const WORKERS_THAT_WAIT = 8

/** To start a process for each file, and to load what the files share, took as long as many of their tests. */
const ONE_PROCESS_FOR_MANY_FILES = { isolate: false } as const

const kafkaSemantics = {
  include: ['tests/kafka-semantics/**/*.test.ts'],
  setupFiles: ['tests/support/run-at-end.ts', 'tests/kafka-semantics/support/choose-broker.ts'],
  testTimeout: 3 * 60_000,
  hookTimeout: 60_000,
  maxWorkers: 4,
}

const faults = {
  setupFiles: ['tests/support/run-at-end.ts'],
  testTimeout: 15 * 60_000,
  hookTimeout: 60_000,
  maxWorkers: 1,
}

// One group after the other: the rules and functions compute, what starts processes mostly waits.
export default defineConfig({
  test: {
    sequence: { sequencer: WaitingFilesFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}', 'packages/demo-city/tests/**/*.test.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          // Some try thousands of cases, in up to two seconds on a machine that does nothing else.
          testTimeout: 30_000,
          ...ONE_PROCESS_FOR_MANY_FILES,
          // Both cores: by itself Vitest leaves one to the process that gathers the results.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'broker',
          include: ['packages/embedded-kafka/tests/**/*.test.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: WORKERS_THAT_WAIT,
          ...ONE_PROCESS_FOR_MANY_FILES,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/issues/**/*.test.ts'],
          globalSetup: [
            'tests/support/build.ts',
            'tests/support/provide-postgres.ts',
            'tests/support/provide-common-apps.ts',
          ],
          setupFiles: [
            'tests/support/run-at-end.ts',
            'tests/support/on-postgres.ts',
            'tests/support/contracts/check-contracts.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: WORKERS_THAT_WAIT,
          ...ONE_PROCESS_FOR_MANY_FILES,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The brief's Kafka chapters as rules, on the embedded broker.
        test: {
          ...kafkaSemantics,
          name: 'semantics',
          maxWorkers: WORKERS_THAT_WAIT,
          ...ONE_PROCESS_FOR_MANY_FILES,
          globalSetup: ['tests/kafka-semantics/support/provide-embedded-kafka.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The same rules on Apache Kafka: `npm run test:kafka`.
        test: {
          ...kafkaSemantics,
          name: 'semantics-apache-kafka',
          globalSetup: ['tests/support/provide-apache-kafka.ts'],
          sequence: { groupOrder: 5 },
        },
      },
      {
        // One session on both brokers, compared step by step: `npm run test:kafka`.
        test: {
          name: 'kafka-differential',
          include: ['tests/kafka-differential/**/*.test.ts'],
          globalSetup: ['tests/support/provide-apache-kafka.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          testTimeout: 5 * 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 6 },
        },
      },
      {
        // The same apps once more, on Apache Kafka: `npm run test:kafka`.
        test: {
          name: 'apache-kafka',
          include: [
            'tests/integration/**/*.test.ts',
            'tests/issues/**/*.test.ts',
            'tests/apache-kafka/**/*.test.ts',
          ],
          exclude: [
            // These never come as far as the log.
            'tests/integration/{database,gateway-}*.test.ts',
            // It stops the app's own broker.
            'tests/integration/inside-time-up.test.ts',
          ],
          globalSetup: [
            'tests/support/build.ts',
            'tests/support/provide-postgres.ts',
            'tests/support/provide-apache-kafka.ts',
            'tests/support/provide-common-apps.ts',
          ],
          setupFiles: [
            'tests/support/run-at-end.ts',
            'tests/support/on-postgres.ts',
            'tests/support/on-apache-kafka.ts',
          ],
          // Beside a Java virtual machine, some of which start for a single file.
          testTimeout: 4 * 60_000,
          hookTimeout: 4 * 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
      {
        // Clients that others wrote, as far as this machine has them: `npm run test:clients`.
        test: {
          name: 'clients',
          include: ['tests/clients/**/*.test.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          // Each tool of Apache Kafka's starts a Java virtual machine.
          testTimeout: 5 * 60_000,
          hookTimeout: 2 * 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 8 },
        },
      },
      {
        // A whole delivery in browsers other than Playwright's, as far as this machine has them: `npm run test:browsers`.
        test: {
          name: 'browsers',
          include: ['tests/browsers/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          testTimeout: 10 * 60_000,
          hookTimeout: 2 * 60_000,
          sequence: { groupOrder: 14 },
        },
      },
      {
        // Each row of docs/fault-matrix.md: `npm run test:faults`. One at a time: they measure how soon all is well again.
        test: {
          ...faults,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts', 'tests/support/provide-postgres.ts'],
          sequence: { groupOrder: 9 },
        },
      },
      {
        // The rows that concern the log and the database, on Apache Kafka and PostgreSQL.
        test: {
          ...faults,
          name: 'faults-on-servers',
          include: ['tests/faults/{log,database}/**/*.test.ts'],
          globalSetup: [
            'tests/support/build.ts',
            'tests/support/provide-postgres.ts',
            'tests/support/provide-apache-kafka.ts',
          ],
          setupFiles: [
            ...faults.setupFiles,
            'tests/support/on-apache-kafka.ts',
            'tests/support/on-postgres.ts',
          ],
          sequence: { groupOrder: 10 },
        },
      },
      {
        // compose.yaml's stack without containers: `npm run test:stack`.
        test: {
          name: 'stack',
          include: ['tests/stack/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          testTimeout: 10 * 60_000,
          hookTimeout: 2 * 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 13 },
        },
      },
      {
        // Heavy: `npm run test:soak`.
        test: {
          name: 'soak',
          include: ['tests/soak/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          testTimeout: 2 * 60 * 60_000,
          hookTimeout: 2 * 60_000,
          sequence: { groupOrder: 12 },
        },
      },
      {
        // Heavy: `npm run test:kills`.
        test: {
          name: 'kills',
          include: ['tests/kills/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts', 'tests/support/provide-postgres.ts'],
          setupFiles: ['tests/support/run-at-end.ts'],
          testTimeout: 30 * 60_000,
          // Gigabytes are removed at the end, while a slow disk may still be writing them.
          hookTimeout: 5 * 60_000,
          // One measures how soon a broker is up again while the other fills a disk.
          maxWorkers: 1,
          sequence: { groupOrder: 11 },
        },
      },
    ],
  },
})
