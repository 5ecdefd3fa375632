// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

// What the API speaks (`/api/v1/openapi.json`). Times are epoch seconds where a name ends in _s and
// epoch milliseconds where it ends in _ms; durations are seconds (_s) or milliseconds (_ms).

export type Role = 'viewer' | 'editor' | 'admin'

/** GET /api/v1/me */
export interface Me {
  name: string
  auth: 'none' | 'local' | 'oidc'
  /** By customer; '*' holds for all. */
  roles: Record<string, Role>
  /** Customers that the caller sees: those with sites, and those of its roles. */
  customers: string[]
  version: string
  /** Goes into X-Weir-Token of every call that changes something; null without a session. */
  token: string | null
}

/** RFC 9457, as every failure is answered. */
export interface Problem {
  status: number
  title: string
  kind: string
  detail: string
  problems?: TextProblem[]
}

/** What is wrong with a text of sites, and where. */
export interface TextProblem {
  file: string
  line: number
  site: string
  field: string
  reason: string
}

export type SiteState = 'up' | 'down' | 'doubtful' | 'unknown' | 'disabled' | 'maintenance'

/** One letter a run, oldest first: up, down, doubtful, missed. */
export type RunLetter = 'u' | 'd' | 'q' | 'm'

/**
 * GET /api/v1/overview?after&limit&customer&state&q&group&site, one site. `site`: customer/id of one
 * alone. With If-None-Match: 304 where nothing has changed.
 */
export interface OverviewItem {
  id: string
  customer: string
  /** What people call it; its id where it has no name. */
  name: string
  /** '' for none. */
  group: string
  endpoint: string
  state: SiteState
  interval_s: number
  regions: string[]
  /** The last runs of all regions, oldest first; at most 50. */
  runs: {
    letters: string
    /** The slot of the newest. */
    last_ms: number
    /** Seconds from each run to the one after it; the newest has none, so one fewer than letters. */
    gaps_s: number[]
    /** null where it failed or was missed. */
    latency_ms: (number | null)[]
  } | null
  /** Share of runs that were up; null where there were none. Maintenance is left out. */
  uptime: { day: number | null; week: number | null; month: number | null }
  /** Of the last 24 hours. */
  p50_ms: number | null
  p95_ms: number | null
  /** Mean of each of the last 24 hours, oldest first. */
  hourly_ms: (number | null)[]
  certificate_days: number | null
  /** Of the last failing run, while the site is not up: in words. */
  error: string | null
  error_class: string | null
  /** Since when it is down, where an incident is open. */
  since_ms: number | null
}

export interface Overview {
  /** In the order of customer and id. */
  items: OverviewItem[]
  next: string | null
  /** Sites of all that the caller may see, by state. */
  counts: Record<SiteState, number>
  /** The server's clock. */
  now_ms: number
}

/**
 * GET /api/v1/changes?since: a line of JSON at a time (application/x-ndjson). `since`: the now_ms of
 * an answer; what has changed since then comes in the first line.
 */
export interface Change {
  now_ms: number
  /** Sites whose item is another than before. */
  items?: OverviewItem[]
  removed?: { customer: string; id: string }[]
}

/** GET /api/v1/sites/{customer}/{id}; its ETag is the version, in quotes. */
export interface SiteDocument {
  id: string
  customer: string
  endpoint: string
  /** What people call it; its id where it has no name. */
  name: string
  /** '' for none. */
  group: string
  state: SiteState
  interval_s: number
  regions: string[]
  version: number
  /** As docs/sites.md has it, with secrets as references only. */
  definition: SiteDefinition
}

/** A site as sites.yaml has it (docs/sites.md); what is left out has its default. */
export interface SiteDefinition {
  id: string
  customer?: string
  /** 1 to 100 characters, on one line. */
  name?: string
  /** 1 to 63 characters, on one line. */
  group?: string
  endpoint: string
  [field: string]: unknown
}

/** PUT /api/v1/sites, and PUT /api/v1/sites/{customer}/{id}, both with ?dryRun. */
export interface Plan {
  applied: boolean
  plan: string
  additions: { id: string; customer: string; endpoint: string }[]
  changes: {
    id: string
    customer: string
    differences: { field: string; before: string | null; after: string | null }[]
  }[]
  removals: { id: string; customer: string }[]
  unchanged: number
}

/** The parts of a request, in seconds; null for one that did not take place. */
export interface Phases {
  dns: number | null
  connect: number | null
  tls: number | null
  send: number | null
  wait: number | null
  body: number | null
}

/** POST /api/v1/check and POST /api/v1/sites/{customer}/{id}/check: a run that is not kept. */
export interface TriedRun {
  at_ms: number
  up: boolean
  status: number | null
  error_class: string
  error: string | null
  failed_expectation: string | null
  latency_s: number | null
  phases_s: Phases
  certificate_days: number | null
  address: string | null
  content_bytes: number | null
  attempts: number
  /** Of the request that decided, in order. */
  hops: { url: string; status: number | null; address: string | null; phases_s: Phases }[]
  requests: { up: boolean; status: number | null; latency_s: number | null; error: string | null }[]
}

/** GET /api/v1/sites/{customer}/{id}/results?from&to&region&outcome&after&limit, newest first. */
export interface ResultsPage {
  items: Result[]
  next: string | null
}

export interface Result {
  at_ms: number
  region: string
  outcome: 'up' | 'down' | 'doubtful' | 'missed'
  latency_s: number | null
  latency_min_s: number | null
  latency_max_s: number | null
  latency_p50_s: number | null
  latency_p95_s: number | null
  status: number | null
  error_class: string | null
  error: string | null
  failed_expectation: string | null
  phases_s: Phases
  requests: number
  failed_requests: number
  attempts: number
  schedule_lag_s: number | null
  certificate_days: number | null
  address: string | null
  content_bytes: number | null
}

/**
 * GET /api/v1/sites/{customer}/{id}/series?from&to&points&region: bins of equal length, made by
 * the store. Arrays have one entry a bin; a bin without a run has 0 and null.
 */
export interface SiteSeries {
  from_ms: number
  to_ms: number
  /** Length of a bin. */
  step_s: number
  runs: number[]
  failed: number[]
  missed: number[]
  latency_s: {
    mean: (number | null)[]
    p50: (number | null)[]
    p95: (number | null)[]
    max: (number | null)[]
  }
  /** Means. */
  phases_s: Record<keyof Phases, (number | null)[]>
  /** The whole range, one for each region. */
  regions: {
    region: string
    runs: number
    failed: number
    latency_p50_s: number | null
    latency_p75_s: number | null
    latency_p90_s: number | null
    latency_p95_s: number | null
    latency_p99_s: number | null
    mean_s: (number | null)[]
  }[]
  /** Where all phases of a moment are known. */
  total: {
    runs: number
    failed: number
    missed: number
    latency_p50_s: number | null
    latency_p75_s: number | null
    latency_p90_s: number | null
    latency_p95_s: number | null
    latency_p99_s: number | null
  }
}

/** GET /api/v1/incidents?customer&site&open&after&limit, newest first. */
export interface IncidentsPage {
  items: Incident[]
  next: string | null
}

export interface Incident {
  id: string
  customer: string
  site: string
  region: string
  endpoint: string
  start_ms: number
  /** null while it is open. */
  end_ms: number | null
  error_class: string
  cause: string
}

/** GET /api/v1/catalog: databases that the caller may ask, with their tables. */
export interface Catalog {
  databases: { name: string; tables: string[] }[]
}

/** GET /api/v1/catalog/{database}/{table} */
export interface TableColumns {
  database: string
  table: string
  columns: { name: string; type: string; kind: 'dimension' | 'measure_name' | 'measure' | 'time' }[]
}

/** GET /api/v1/catalog/{database}/{table}/measures?q&after&limit: by name. */
export interface MeasuresPage {
  items: { name: string; types: string[] }[]
  next: string | null
}

/** GET /api/v1/catalog/{database}/{table}/dimensions?measure: labels and their values. */
export interface Dimensions {
  items: { name: string; values: string[]; more: boolean }[]
}

/**
 * POST /api/v1/sql {sql, id?, limit?, next?, timeout_s?}: the first page, or the one after `next`, with
 * the same sql. `id`: 1 to 64 letters and digits by which DELETE /api/v1/sql/{id} ends it. With `Accept: text/csv` all rows as CSV.
 */
export interface SqlPage {
  id: string
  columns: { name: string; type: string }[]
  /** Numbers, booleans, texts, null; times as text in UTC; nested values as JSON. */
  rows: unknown[][]
  next: string | null
  elapsed_ms: number
  scanned_bytes: number
}

/** GET /api/v1/connector */
export interface Connector {
  version: string
  ready: boolean
  message: string
  uptime_ms: number
  store: 'embedded' | 'timestream'
  samples_stored: number
  /** Over the last minute. */
  samples_per_s: number
  /** The same at each of the last 60 looks, 5 s apart, oldest first; null before the start. */
  samples_per_s_history: (number | null)[]
  rejected: { reason: string; samples: number }[]
  requests: { path: string; status: string; count: number }[]
  /** Calls of Timestream; null with the embedded store. */
  upstream: {
    calls: number
    throttled: number
    failed: number
    p50_ms: number | null
    p95_ms: number | null
    billed_kib: number
  } | null
  series: number
  store_bytes: number
  queued_points: number
  /** Who wrote in the last hour, the busiest first, without Weir itself. */
  writers: {
    address: string
    user_agent: string
    requests: number
    bytes: number
    last_ms: number
  }[]
  /** Weir writes its own metrics into its store, so often; null where it does not. */
  own_metrics_every_s: number | null
  doors: { what: string; method: string; path: string; credentials: string }[]
  /** For prometheus.yml; the console puts its own address in place of {base}. */
  prometheus_yml: string
}
