"""The outside world: storage, mail, limits."""

from infra.env import env

S3_ENDPOINT_URL = env.s3_endpoint_url
S3_PUBLIC_URL = env.s3_public_url or env.s3_endpoint_url
S3_REGION = env.s3_region
S3_BUCKET = env.s3_bucket
S3_ACCESS_KEY = env.s3_access_key
S3_SECRET_KEY = env.s3_secret_key
UPLOAD_MAX_BYTES = env.upload_max_mb * 1024 * 1024

SMTP_URL = env.smtp_url
MAIL_FROM = env.mail_from

SIGNUPS_PER_HOUR = env.signups_per_hour
MEMBERSHIP_KEY = env.membership_key
FIELD_KEY = env.field_key
