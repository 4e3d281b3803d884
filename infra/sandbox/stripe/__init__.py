"""A stand-in of Stripe: the objects, states and refusals that paying by subscription needs, reached by its own client."""
