-- AlterTable
ALTER TABLE "deliveries" DROP COLUMN "people_erased_at";

-- CreateIndex
CREATE INDEX "deliveries_status_at_idx" ON "deliveries"("status_at");

-- CreateIndex
CREATE INDEX "deliveries_positions_erased_at_status_at_idx" ON "deliveries"("positions_erased_at", "status_at");
