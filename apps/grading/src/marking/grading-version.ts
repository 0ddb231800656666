/** The version of the marks that hold. Until a key is corrected after the fact, every attempt has its first. */
export const currentGradingVersion = 1
