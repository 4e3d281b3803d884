"""A telephone in the browser: chats with bots, with their buttons, and SMS."""
