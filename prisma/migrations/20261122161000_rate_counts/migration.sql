-- What instances tell each other about the rate limits. UNLOGGED: it is worth nothing after a few seconds, so it need
-- not be written twice, and may be empty after a crash.
CREATE UNLOGGED TABLE "rate_counts" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_counts_pkey" PRIMARY KEY ("key")
);
