/** What came otherwise than the documents tell, until a test fails for it: see check-contracts.ts. */
export const notAsTold: string[] = []
