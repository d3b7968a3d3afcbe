-- CreateTable
CREATE TABLE "status_outbox" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "status" "delivery_status" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "visible_from_seq" INTEGER,
    "request_id" TEXT,

    CONSTRAINT "status_outbox_pkey" PRIMARY KEY ("id")
);
