-- CreateTable
CREATE TABLE "erasure_outbox" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT,

    CONSTRAINT "erasure_outbox_pkey" PRIMARY KEY ("id")
);
