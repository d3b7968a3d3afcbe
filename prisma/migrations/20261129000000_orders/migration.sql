-- AlterEnum
ALTER TYPE "delivery_status" ADD VALUE 'failed';

-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "customer_phone" TEXT,
ADD COLUMN     "external_id" TEXT,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "order_digest" JSONB,
ADD COLUMN     "people_erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "pin" TEXT,
ADD COLUMN     "pin_rest_until" TIMESTAMPTZ(3),
ADD COLUMN     "pin_wrong" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "positions_erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "promised_at" TIMESTAMPTZ(3),
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "rider_phone" TEXT,
ADD COLUMN     "routed" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "store_phone" TEXT,
ALTER COLUMN "rider_id" DROP NOT NULL,
ALTER COLUMN "customer_id" DROP NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_external_id_key" ON "deliveries"("external_id");

-- CreateIndex
CREATE INDEX "deliveries_created_at_id_idx" ON "deliveries"("created_at", "id");
