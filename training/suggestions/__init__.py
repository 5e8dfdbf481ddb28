"""How good the advice is: what it promises against what it brings, and what readers make of it."""
