CREATE SCHEMA "grading";
--> statement-breakpoint
CREATE TABLE "grading"."attempts" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"sealed_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"cause" text,
	"seal_told_at" timestamp with time zone,
	"snapshot_digest" text,
	"snapshot" text,
	"release_told_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "grading"."classes" (
	"class_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grading"."exams" (
	"exam_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"title" text NOT NULL,
	"class_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"paper_digest" text NOT NULL,
	"key_digest" text NOT NULL,
	"closes_at" timestamp with time zone,
	"grading_method" text NOT NULL,
	"certainty" boolean NOT NULL,
	"negative_marks" boolean NOT NULL,
	"release" text NOT NULL,
	"review_options" jsonb NOT NULL,
	"is_cancelled" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grading"."idempotency_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "grading"."inbox" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "grading"."keys" (
	"digest" text PRIMARY KEY NOT NULL,
	"paper_digest" text NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "keys_body_is_object" CHECK (jsonb_typeof("grading"."keys"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "grading"."manual_marks" (
	"attempt_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"revision" integer NOT NULL,
	"marks" numeric NOT NULL,
	"comment" text NOT NULL,
	"response_digest" text NOT NULL,
	"marked_by" uuid NOT NULL,
	"marked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "manual_marks_attempt_id_question_id_revision_pk" PRIMARY KEY("attempt_id","question_id","revision")
);
--> statement-breakpoint
CREATE TABLE "grading"."members" (
	"class_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "members_class_id_person_id_pk" PRIMARY KEY("class_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "grading"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"published_at" timestamp with time zone,
	CONSTRAINT "outbox_data_is_object" CHECK (jsonb_typeof("grading"."outbox"."data") = 'object')
);
--> statement-breakpoint
CREATE TABLE "grading"."papers" (
	"digest" text PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "papers_body_is_object" CHECK (jsonb_typeof("grading"."papers"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "grading"."parked_events" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"failures" integer NOT NULL,
	"reason" text NOT NULL,
	"first_failed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_attempt_at" timestamp with time zone,
	CONSTRAINT "parked_events_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "grading"."people" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grading"."question_results" (
	"attempt_id" uuid NOT NULL,
	"grading_version" integer NOT NULL,
	"exam_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"position" integer NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"marks" numeric,
	"max_marks" numeric NOT NULL,
	"is_manual" boolean NOT NULL,
	"feedback_html" jsonb NOT NULL,
	"response_digest" text NOT NULL,
	CONSTRAINT "question_results_attempt_id_grading_version_question_id_pk" PRIMARY KEY("attempt_id","grading_version","question_id")
);
--> statement-breakpoint
CREATE TABLE "grading"."releases" (
	"exam_id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grading"."results" (
	"attempt_id" uuid NOT NULL,
	"grading_version" integer NOT NULL,
	"exam_id" uuid NOT NULL,
	"basis" text NOT NULL,
	"key_digest" text NOT NULL,
	"needs_marking" boolean NOT NULL,
	"marks" numeric NOT NULL,
	"max_marks" numeric NOT NULL,
	"graded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "results_attempt_id_grading_version_pk" PRIMARY KEY("attempt_id","grading_version")
);
--> statement-breakpoint
CREATE INDEX "attempts_exam" ON "grading"."attempts" USING btree ("exam_id");--> statement-breakpoint
CREATE INDEX "attempts_person" ON "grading"."attempts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attempts_unpulled" ON "grading"."attempts" USING btree ("attempt_id") WHERE "grading"."attempts"."snapshot_digest" is not null and "grading"."attempts"."snapshot" is null;--> statement-breakpoint
CREATE INDEX "exams_class" ON "grading"."exams" USING btree ("class_id");--> statement-breakpoint
CREATE INDEX "exams_owner" ON "grading"."exams" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "keys_paper" ON "grading"."keys" USING btree ("paper_digest");--> statement-breakpoint
CREATE INDEX "members_person" ON "grading"."members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "outbox_unpublished" ON "grading"."outbox" USING btree ("occurred_at") WHERE "grading"."outbox"."published_at" is null;--> statement-breakpoint
CREATE INDEX "parked_events_due" ON "grading"."parked_events" USING btree ("next_attempt_at") WHERE "grading"."parked_events"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX "question_results_exam" ON "grading"."question_results" USING btree ("exam_id","question_id");--> statement-breakpoint
CREATE INDEX "results_exam" ON "grading"."results" USING btree ("exam_id");