/** Where the servers are that hold what was seen. */
export type Observed = { prometheus: string; loki: string; tempo: string }
