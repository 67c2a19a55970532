SET lock_timeout = '5s';
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "hub";

-- CreateEnum
CREATE TYPE "hub"."CollectionBasis" AS ENUM ('PRIVATE_SITE_CONSENT', 'PUBLIC_STATUTORY', 'PUBLIC_NOTICE');

-- CreateEnum
CREATE TYPE "hub"."ZoneKind" AS ENUM ('CITY', 'DISTRICT', 'AREA', 'PLAZA', 'SEGMENT', 'STATION', 'CELL', 'SITE');

-- CreateEnum
CREATE TYPE "hub"."Domain" AS ENUM ('MOBILITY', 'CROWD', 'SAFETY');

-- CreateEnum
CREATE TYPE "hub"."Layer" AS ENUM ('L1_SITE', 'L2_MOBILITY', 'L3_CITYWIDE');

-- CreateEnum
CREATE TYPE "hub"."Tier" AS ENUM ('OPEN', 'REGISTERED', 'LICENSED', 'RESTRICTED');

-- CreateEnum
CREATE TYPE "hub"."DatasetKind" AS ENUM ('NOISED', 'EVENTS', 'AVAILABILITY');

-- CreateEnum
CREATE TYPE "hub"."PrivacyUnit" AS ENUM ('TRACK_DAY', 'VEHICLE_DAY', 'TRIP', 'CROSSING', 'INCIDENT');

-- CreateEnum
CREATE TYPE "hub"."DeviceKind" AS ENUM ('SMART_POLE', 'EDGE_AI_BOX', 'INTELLIGENT_CCTV', 'GROUND_SENSOR', 'MOBILE_SENSOR', 'ROADSIDE_UNIT', 'ENVIRONMENT_STATION', 'EXTERNAL_AGENCY', 'BACKFILL');

-- CreateEnum
CREATE TYPE "hub"."Statistic" AS ENUM ('PRESENCE', 'OCCUPANCY', 'PASSAGES', 'DEPARTURES', 'ORIGIN_DESTINATION', 'COUNTER', 'INCIDENTS');

-- CreateTable
CREATE TABLE "hub"."city" (
    "id" TEXT NOT NULL,
    "name_ko" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "west" DOUBLE PRECISION NOT NULL,
    "south" DOUBLE PRECISION NOT NULL,
    "east" DOUBLE PRECISION NOT NULL,
    "north" DOUBLE PRECISION NOT NULL,
    "is_synthetic" BOOLEAN NOT NULL,
    "backdrop" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "city_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."threshold_version" (
    "city_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "approaching" INTEGER NOT NULL,
    "caution" INTEGER NOT NULL,
    "alert" INTEGER NOT NULL,
    "serious" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "threshold_version_pkey" PRIMARY KEY ("city_id","version")
);

-- CreateTable
CREATE TABLE "hub"."zone" (
    "id" TEXT NOT NULL,
    "city_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" "hub"."ZoneKind" NOT NULL,
    "name_ko" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "geometry" JSONB NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "area_m2" DOUBLE PRECISION,
    "h3" TEXT,
    "parent_id" TEXT,
    "collection_basis" "hub"."CollectionBasis" NOT NULL,

    CONSTRAINT "zone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."organization" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "name_ko" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."dataset" (
    "id" TEXT NOT NULL,
    "city_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" "hub"."DatasetKind" NOT NULL,
    "domain" "hub"."Domain" NOT NULL,
    "layer" "hub"."Layer" NOT NULL,
    "tier" "hub"."Tier" NOT NULL,
    "title_ko" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "description_ko" TEXT NOT NULL,
    "description_en" TEXT NOT NULL,
    "bias_statement_ko" TEXT,
    "bias_statement_en" TEXT,
    "keywords" TEXT[],
    "is_synthetic" BOOLEAN NOT NULL,
    "licence_name" TEXT NOT NULL,
    "licence_url" TEXT,
    "attribution" TEXT NOT NULL,
    "source_url" TEXT,
    "retention_days" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."offer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "dataset_id" TEXT NOT NULL,
    "tier" "hub"."Tier" NOT NULL,
    "version" INTEGER NOT NULL,
    "name_ko" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "price" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."population" (
    "number" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "city_id" TEXT NOT NULL,
    "controller_id" UUID NOT NULL,
    "unit" "hub"."PrivacyUnit" NOT NULL,
    "typical_units" INTEGER NOT NULL,
    "cap_micro" INTEGER NOT NULL DEFAULT 2000000,
    "planned_micro" INTEGER NOT NULL DEFAULT 1600000,
    "lateness_seconds" INTEGER NOT NULL DEFAULT 21600,
    "skew_seconds" INTEGER NOT NULL DEFAULT 120,

    CONSTRAINT "population_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "hub"."feed" (
    "id" TEXT NOT NULL,
    "population_number" INTEGER NOT NULL,
    "reading_types" TEXT[],
    "heartbeat_seconds" INTEGER NOT NULL,
    "is_synthetic" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."device" (
    "id" TEXT NOT NULL,
    "city_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" "hub"."DeviceKind" NOT NULL,
    "zone_id" TEXT,
    "is_synthetic" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."device_key" (
    "key_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_key_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE TABLE "hub"."stream_right" (
    "device_id" TEXT NOT NULL,
    "feed_id" TEXT NOT NULL,

    CONSTRAINT "stream_right_pkey" PRIMARY KEY ("device_id","feed_id")
);

-- CreateTable
CREATE TABLE "hub"."edge_model" (
    "version" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "purpose_ko" TEXT NOT NULL,
    "purpose_en" TEXT NOT NULL,
    "training_data" TEXT NOT NULL,
    "known_bias" TEXT NOT NULL,
    "human_role" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "edge_model_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "hub"."plan" (
    "number" SERIAL NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "population_number" INTEGER NOT NULL,
    "statistic" "hub"."Statistic" NOT NULL,
    "step" TEXT NOT NULL,
    "split" TEXT NOT NULL DEFAULT 'NONE',
    "classes" TEXT[],
    "bound" INTEGER NOT NULL,
    "epsilon_micro" INTEGER NOT NULL,
    "nano_rho" INTEGER NOT NULL,
    "scale_numerator" INTEGER NOT NULL,
    "scale_denominator" INTEGER NOT NULL,
    "half_width_95" INTEGER NOT NULL,
    "threshold" INTEGER,
    "additive" BOOLEAN NOT NULL DEFAULT true,
    "grace_seconds" INTEGER NOT NULL DEFAULT 60,
    "schedule_seconds" INTEGER NOT NULL,
    "active_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "hub"."partition" (
    "plan_number" INTEGER NOT NULL,
    "cell" INTEGER NOT NULL,
    "zone_id" TEXT NOT NULL,
    "category" TEXT,
    "device_id" TEXT,

    CONSTRAINT "partition_pkey" PRIMARY KEY ("plan_number","cell")
);

-- CreateTable
CREATE TABLE "hub"."backfill" (
    "id" UUID NOT NULL,
    "city_id" TEXT NOT NULL,
    "population_number" INTEGER NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "declared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."processing_record" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "processing_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hub"."_DatasetToFeed" (
    "A" TEXT NOT NULL,
    "B" TEXT NOT NULL,

    CONSTRAINT "_DatasetToFeed_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "zone_parent_id_idx" ON "hub"."zone"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "zone_city_id_slug_key" ON "hub"."zone"("city_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "hub"."organization"("slug");

-- CreateIndex
CREATE INDEX "dataset_city_id_idx" ON "hub"."dataset"("city_id");

-- CreateIndex
CREATE UNIQUE INDEX "offer_dataset_id_tier_version_key" ON "hub"."offer"("dataset_id", "tier", "version");

-- CreateIndex
CREATE UNIQUE INDEX "population_slug_key" ON "hub"."population"("slug");

-- CreateIndex
CREATE INDEX "device_key_device_id_idx" ON "hub"."device_key"("device_id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_dataset_id_version_key" ON "hub"."plan"("dataset_id", "version");

-- CreateIndex
CREATE INDEX "partition_zone_id_idx" ON "hub"."partition"("zone_id");

-- CreateIndex
CREATE UNIQUE INDEX "backfill_population_number_file_sha256_key" ON "hub"."backfill"("population_number", "file_sha256");

-- CreateIndex
CREATE INDEX "processing_record_at_idx" ON "hub"."processing_record"("at");

-- CreateIndex
CREATE INDEX "_DatasetToFeed_B_index" ON "hub"."_DatasetToFeed"("B");

-- AddForeignKey
ALTER TABLE "hub"."threshold_version" ADD CONSTRAINT "threshold_version_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "hub"."city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."zone" ADD CONSTRAINT "zone_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "hub"."city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."zone" ADD CONSTRAINT "zone_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "hub"."zone"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."dataset" ADD CONSTRAINT "dataset_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "hub"."city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."dataset" ADD CONSTRAINT "dataset_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "hub"."organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."offer" ADD CONSTRAINT "offer_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "hub"."dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."population" ADD CONSTRAINT "population_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "hub"."city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."population" ADD CONSTRAINT "population_controller_id_fkey" FOREIGN KEY ("controller_id") REFERENCES "hub"."organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."feed" ADD CONSTRAINT "feed_population_number_fkey" FOREIGN KEY ("population_number") REFERENCES "hub"."population"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."device" ADD CONSTRAINT "device_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "hub"."city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."device" ADD CONSTRAINT "device_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "hub"."organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."device" ADD CONSTRAINT "device_zone_id_fkey" FOREIGN KEY ("zone_id") REFERENCES "hub"."zone"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."device_key" ADD CONSTRAINT "device_key_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "hub"."device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."stream_right" ADD CONSTRAINT "stream_right_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "hub"."device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."stream_right" ADD CONSTRAINT "stream_right_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "hub"."feed"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."edge_model" ADD CONSTRAINT "edge_model_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "hub"."organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."plan" ADD CONSTRAINT "plan_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "hub"."dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."plan" ADD CONSTRAINT "plan_population_number_fkey" FOREIGN KEY ("population_number") REFERENCES "hub"."population"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."partition" ADD CONSTRAINT "partition_plan_number_fkey" FOREIGN KEY ("plan_number") REFERENCES "hub"."plan"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."partition" ADD CONSTRAINT "partition_zone_id_fkey" FOREIGN KEY ("zone_id") REFERENCES "hub"."zone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."partition" ADD CONSTRAINT "partition_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "hub"."device"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."backfill" ADD CONSTRAINT "backfill_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "hub"."city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."backfill" ADD CONSTRAINT "backfill_population_number_fkey" FOREIGN KEY ("population_number") REFERENCES "hub"."population"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."_DatasetToFeed" ADD CONSTRAINT "_DatasetToFeed_A_fkey" FOREIGN KEY ("A") REFERENCES "hub"."dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hub"."_DatasetToFeed" ADD CONSTRAINT "_DatasetToFeed_B_fkey" FOREIGN KEY ("B") REFERENCES "hub"."feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;
