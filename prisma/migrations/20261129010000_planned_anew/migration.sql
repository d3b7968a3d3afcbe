-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "route_from_seq" INTEGER,
ADD COLUMN     "route_plan" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "route_tried_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "route_outbox" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "plan" INTEGER NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "route" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT,

    CONSTRAINT "route_outbox_pkey" PRIMARY KEY ("id")
);
