"""A stand-in of Stripe: objects, states and refusals that paying by subscription needs, for its own client."""
