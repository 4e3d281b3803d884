"""A push service and the browsers behind it: takes what real services take, and reads it as a browser would."""
