"""What tests stand on: a database cluster per worker, companies, people, clients."""
