"""How an index of an older version becomes one of the next, a module for each; migrations.py runs them."""
