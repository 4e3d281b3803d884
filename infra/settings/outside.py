"""The outside world: storage, mail, limits."""

from email.utils import parseaddr

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

TELEGRAM_API_URL = env.telegram_api_url
TELEGRAM_BOT_TOKEN = env.telegram_bot_token
TELEGRAM_BOT_NAME = env.telegram_bot_name
MORPHER_URL = env.morpher_url
SMS_API_URLS = {"smsc": env.smsc_api_url, "smsru": env.smsru_api_url, "smsaero": env.smsaero_api_url}
SMS_PROVIDER = env.sms_provider
SMS_LOGIN = env.sms_login
SMS_PASSWORD = env.sms_password
SMS_SENDER = env.sms_sender
VAPID_PRIVATE_KEY = env.vapid_private_key
PUSH_CONTACT = env.push_contact or f"mailto:{parseaddr(env.mail_from)[1]}"
# Never in production: there the sandbox does not start.
SANDBOX_URL = "" if env.production else env.sandbox_url
SANDBOX_SMTP_URL = "" if env.production else env.sandbox_smtp_url
SANDBOX_PUBLIC_URL = env.sandbox_public_url
SANDBOX_BOT_TOKEN = env.sandbox_bot_token
SANDBOX_SMS_PASSWORD = env.sandbox_sms_password

# How long copies are kept, and with them whatever they name.
BACKUP_DAYS = env.backup_days
# Without a key of its own an installation takes cards in the sandbox, and in production none.
STRIPE_IS_DEMO = bool(SANDBOX_URL) and not env.stripe_secret_key
STRIPE_API_URL = f"{SANDBOX_URL}/stripe" if STRIPE_IS_DEMO else env.stripe_api_url
STRIPE_SECRET_KEY = env.sandbox_stripe_key if STRIPE_IS_DEMO else env.stripe_secret_key
_secrets = env.sandbox_stripe_secret if STRIPE_IS_DEMO else env.stripe_webhook_secret
STRIPE_WEBHOOK_SECRETS = tuple(secret.strip() for secret in _secrets.split(",") if secret.strip())

REQUESTS_PER_SECOND = env.requests_per_second
SIGNUPS_PER_HOUR = env.signups_per_hour
SUPPORT_PHONE, SUPPORT_EMAIL = env.support_phone, env.support_email
RELEASE = env.release
MEMBERSHIP_KEY = env.membership_key
FIELD_KEY = env.field_key
AUDIT_KEY = env.audit_key

# Invoices of a development machine name nobody: what is paid by them cannot arrive.
_DEMO = {
    "name": "ООО «Пульт» (демонстрация)",
    "inn": "7700000000",
    "kpp": "770001001",
    "address": "Москва",
    "account": "40702810000000000000",
    "bank": "Демонстрационный банк",
    "bic": "044525000",
    "bank_account": "30101810000000000000",
    "vat": "",
}
SELLER = {name: getattr(env, f"seller_{name}") for name in _DEMO}
if not SELLER["name"] and not env.production:
    SELLER = _DEMO
