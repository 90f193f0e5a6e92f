"""What later tasks read as `$tasks.NAME.output`."""

import json

from .arguments import read_args
from .files import write_bytes

# Step Functions passes no more between states. In a large pipeline each output has less room.
_MOST_BYTES = 262_144


def write_output(value, args=None):
    """Writes the task's output as JSON. Does nothing if the job runs without Gluewright.

    :param value: usually a dict of a few figures and addresses; data itself belongs in a bucket
    :param args: what `read_args` returned; read anew by default
    :returns: whether it was written
    :raises ValueError: it is too large, or is not valid JSON
    """
    args = read_args() if args is None else args
    address = args.get("gluewright_output")
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ValueError(f"the output cannot be written as JSON: {error}") from None
    size = len(text.encode())
    if size > _MOST_BYTES:
        raise ValueError(f"the output has {size:,} bytes, at most {_MOST_BYTES:,} fit: write data into a bucket instead")
    if not address:
        return False
    write_bytes(address, text.encode())
    return True
