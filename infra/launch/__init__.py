"""Starting the product on one machine: embedded servers, child processes, first install."""
