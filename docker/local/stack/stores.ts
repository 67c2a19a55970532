/**
 * Settings of the four stores, for the local stack; docker/compose.yaml carries the same ones (a test compares them).
 *
 * Nothing that a server writes down may hold a row's value (privacy rule P11): statements, parameters and the text of
 * failed statements are never logged, and errors of clients (whose messages quote values) stay out of the log.
 */
const COMMON = {
  shared_preload_libraries: "timescaledb",
  "timescaledb.license": "apache",
  "timescaledb.telemetry_level": "off",
  max_connections: "300",
  max_locks_per_transaction: "256",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_min_error_statement: "panic",
  log_min_messages: "log",
  log_error_verbosity: "terse",
  log_autovacuum_min_duration: "-1",
  log_checkpoints: "off",
} as const;

/**
 * PostgreSQL's settings by cluster. The edge keeps the least write-ahead log there is, deletes its old segments instead
 * of keeping them for reuse, and hands it to nobody: without senders there is neither a replica nor a base backup
 * (rule P10; the reasons one by one are in docs/retention.md).
 */
export const POSTGRES: Record<"hub" | "edge", Record<string, string>> = {
  hub: { ...COMMON, max_wal_size: "1GB" },
  edge: {
    ...COMMON,
    wal_level: "minimal",
    max_wal_senders: "0",
    archive_mode: "off",
    max_wal_size: "512MB",
    min_wal_size: "80MB",
    wal_recycle: "off",
    summarize_wal: "off",
    plan_cache_mode: "force_custom_plan",
  },
};

/** Redis's settings. The queue survives a restart and never drops a job; the cache is forgotten. */
export const REDIS: Record<"queue" | "cache", Record<string, string>> = {
  queue: {
    appendonly: "yes",
    appendfsync: "everysec",
    save: '""',
    maxmemory: "512mb",
    "maxmemory-policy": "noeviction",
    "enable-debug-command": "no",
  },
  cache: {
    appendonly: "no",
    save: '""',
    maxmemory: "256mb",
    "maxmemory-policy": "allkeys-lru",
    "enable-debug-command": "no",
  },
};

/** The text of a postgresql.conf. */
export const postgresConf = (settings: Record<string, string>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join("");

/** The text of a redis.conf. */
export const redisConf = (settings: Record<string, string>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${value}\n`)
    .join("");
