CREATE TABLE "grading"."regrades" (
	"regrade_id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"question_id" text NOT NULL,
	"correction" jsonb NOT NULL,
	"reason" text NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_by" uuid,
	"undone_at" timestamp with time zone,
	CONSTRAINT "regrades_number" UNIQUE("exam_id","number"),
	CONSTRAINT "regrades_correction_is_object" CHECK (jsonb_typeof("grading"."regrades"."correction") = 'object')
);
--> statement-breakpoint
ALTER TABLE "grading"."exams" ADD COLUMN "grading_version" integer DEFAULT 1 NOT NULL;