/** The way of a post, step by step, each with all before it; of the product no reader, socket or database is there. */
export const STEPS = [
  'node:http, the body read',
  '+ JSON.parse',
  '+ entry: id, limit, headers, metrics, access log',
  '+ token, its limit, delivery, checks of the body',
  '+ judging, memory',
  '+ Kafka, gathered and guarded',
] as const
export const FLOOR = 'the floor: node:http, JSON.parse, bare kafkajs gathered'
export type Step = (typeof STEPS)[number] | typeof FLOOR
