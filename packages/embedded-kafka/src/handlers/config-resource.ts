/** What a config belongs to. https://kafka.apache.org/protocol (DescribeConfigs, resource_type) */
export const ResourceType = { TOPIC: 2, BROKER: 4 } as const

/** Where a value comes from (KIP-226). */
export const ConfigSource = { DYNAMIC_TOPIC_CONFIG: 1, STATIC_BROKER_CONFIG: 4, DEFAULT_CONFIG: 5 } as const
