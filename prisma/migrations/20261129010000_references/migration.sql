-- CreateIndex
CREATE INDEX "deliveries_store_id_idx" ON "deliveries"("store_id");

-- CreateIndex
CREATE INDEX "deliveries_rider_id_idx" ON "deliveries"("rider_id");

-- CreateIndex
CREATE INDEX "deliveries_customer_id_idx" ON "deliveries"("customer_id");
