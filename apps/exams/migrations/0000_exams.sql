CREATE SCHEMA "exams";
--> statement-breakpoint
CREATE TABLE "exams"."accommodations" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"time_factor" text NOT NULL,
	"extra_minutes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exams"."answer_log" (
	"attempt_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"seq" integer NOT NULL,
	"body_hash" text NOT NULL,
	"answer_hash" text NOT NULL,
	"response" jsonb NOT NULL,
	"is_late" boolean NOT NULL,
	"is_stale" boolean DEFAULT false NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_log_attempt_id_operation_id_pk" PRIMARY KEY("attempt_id","operation_id")
);
--> statement-breakpoint
CREATE TABLE "exams"."answers" (
	"attempt_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"seq" integer NOT NULL,
	"operation_id" uuid NOT NULL,
	"response" jsonb NOT NULL,
	"is_blank" boolean NOT NULL,
	"is_late" boolean NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answers_attempt_id_question_id_pk" PRIMARY KEY("attempt_id","question_id"),
	CONSTRAINT "answers_response_is_object" CHECK (jsonb_typeof("exams"."answers"."response") = 'object')
);
--> statement-breakpoint
CREATE TABLE "exams"."attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"seed" text NOT NULL,
	"version_digest" text NOT NULL,
	"paper_digest" text NOT NULL,
	"shuffle_questions" boolean NOT NULL,
	"shuffle_options" boolean NOT NULL,
	"certainty" boolean NOT NULL,
	"question_ids" text[] NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"limit_seconds" integer,
	"closes_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"shift_ms" bigint DEFAULT 0 NOT NULL,
	"deadline" timestamp (3) with time zone,
	"seal_due_at" timestamp (3) with time zone,
	"sealed_at" timestamp (3) with time zone,
	"cause" text,
	"snapshot_revision" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "attempts_number" UNIQUE("exam_id","person_id","number")
);
--> statement-breakpoint
CREATE TABLE "exams"."audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"attempt_id" uuid,
	"details" jsonb NOT NULL,
	"number" integer,
	"previous_hash" text,
	"hash" text,
	CONSTRAINT "audit_log_number" UNIQUE("exam_id","number"),
	CONSTRAINT "audit_log_details_is_object" CHECK (jsonb_typeof("exams"."audit_log"."details") = 'object')
);
--> statement-breakpoint
CREATE TABLE "exams"."class_members" (
	"class_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"groups" text[] NOT NULL,
	CONSTRAINT "class_members_class_id_person_id_pk" PRIMARY KEY("class_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "exams"."classes" (
	"class_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"name" text NOT NULL,
	"is_archived" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exams"."credits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"attempt_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exams"."exams" (
	"id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"title" text NOT NULL,
	"class_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"version_digest" text NOT NULL,
	"paper_digest" text NOT NULL,
	"key_digest" text NOT NULL,
	"opens_at" timestamp (3) with time zone,
	"closes_at" timestamp (3) with time zone,
	"limit_seconds" integer,
	"attempts_allowed" integer,
	"password_hash" text,
	"overdue_policy" text NOT NULL,
	"grace_seconds" integer NOT NULL,
	"shuffle_questions" boolean NOT NULL,
	"shuffle_options" boolean NOT NULL,
	"layout" text NOT NULL,
	"certainty" boolean NOT NULL,
	"negative_marks" boolean NOT NULL,
	"grading_method" text NOT NULL,
	"release" text NOT NULL,
	"review_options" jsonb NOT NULL,
	"paste_allowed" boolean NOT NULL,
	"is_cancelled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exams_review_options_is_object" CHECK (jsonb_typeof("exams"."exams"."review_options") = 'object')
);
--> statement-breakpoint
CREATE TABLE "exams"."flags" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"question_ids" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exams"."idempotency_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "exams"."inbox" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "exams"."late_arrivals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"attempt_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"seq" integer NOT NULL,
	"body_hash" text NOT NULL,
	"response" jsonb NOT NULL,
	"is_blank" boolean NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"accepted_by" uuid,
	CONSTRAINT "late_arrivals_operation" UNIQUE("attempt_id","operation_id"),
	CONSTRAINT "late_arrivals_response_is_object" CHECK (jsonb_typeof("exams"."late_arrivals"."response") = 'object')
);
--> statement-breakpoint
CREATE TABLE "exams"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"published_at" timestamp with time zone,
	CONSTRAINT "outbox_data_is_object" CHECK (jsonb_typeof("exams"."outbox"."data") = 'object')
);
--> statement-breakpoint
CREATE TABLE "exams"."overrides" (
	"id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid,
	"group_name" text,
	"overridden" text[] NOT NULL,
	"opens_at" timestamp (3) with time zone,
	"closes_at" timestamp (3) with time zone,
	"limit_seconds" integer,
	"attempts_allowed" integer,
	"password_hash" text,
	"reason" text NOT NULL,
	CONSTRAINT "overrides_person" UNIQUE("exam_id","person_id"),
	CONSTRAINT "overrides_group" UNIQUE("exam_id","group_name"),
	CONSTRAINT "overrides_one_target" CHECK (("exams"."overrides"."person_id" is null) <> ("exams"."overrides"."group_name" is null))
);
--> statement-breakpoint
CREATE TABLE "exams"."papers" (
	"digest" text PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "papers_body_is_object" CHECK (jsonb_typeof("exams"."papers"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "exams"."parked_events" (
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
CREATE TABLE "exams"."people" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"is_active" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exams"."reseals" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exams"."snapshots" (
	"attempt_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"digest" text NOT NULL,
	"body" text NOT NULL,
	"cause" text NOT NULL,
	"taken_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "snapshots_attempt_id_revision_pk" PRIMARY KEY("attempt_id","revision")
);
--> statement-breakpoint
CREATE TABLE "exams"."versions" (
	"digest" text PRIMARY KEY NOT NULL,
	"quiz_id" uuid NOT NULL,
	"paper_digest" text NOT NULL,
	"key_digest" text NOT NULL,
	"title" text NOT NULL,
	"number" integer NOT NULL,
	"owner_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "exams"."attempts" ADD CONSTRAINT "attempts_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "exams"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exams"."overrides" ADD CONSTRAINT "overrides_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "exams"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_one_open" ON "exams"."attempts" USING btree ("exam_id","person_id") WHERE "exams"."attempts"."state" = 'open';--> statement-breakpoint
CREATE INDEX "attempts_due" ON "exams"."attempts" USING btree ("seal_due_at") WHERE "exams"."attempts"."state" = 'open';--> statement-breakpoint
CREATE INDEX "attempts_person" ON "exams"."attempts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "audit_log_unlinked" ON "exams"."audit_log" USING btree ("exam_id") WHERE "exams"."audit_log"."number" is null;--> statement-breakpoint
CREATE INDEX "class_members_person" ON "exams"."class_members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "credits_attempt" ON "exams"."credits" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "exams_class" ON "exams"."exams" USING btree ("class_id");--> statement-breakpoint
CREATE INDEX "outbox_unpublished" ON "exams"."outbox" USING btree ("occurred_at") WHERE "exams"."outbox"."published_at" is null;--> statement-breakpoint
CREATE INDEX "parked_events_due" ON "exams"."parked_events" USING btree ("next_attempt_at") WHERE "exams"."parked_events"."next_attempt_at" is not null;