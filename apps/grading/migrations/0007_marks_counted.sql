ALTER TABLE "grading"."attempts" ADD COLUMN "marks_counted_at" timestamp with time zone;--> statement-breakpoint
-- What was sealed before is no news, whenever it was marked.
UPDATE "grading"."attempts" SET "marks_counted_at" = now() WHERE "seal_told_at" is not null;--> statement-breakpoint
CREATE INDEX "attempts_uncounted" ON "grading"."attempts" USING btree ("seal_told_at") WHERE "grading"."attempts"."seal_told_at" is not null and "grading"."attempts"."marks_counted_at" is null;
