"""A Ray cluster of two nodes on this machine, in a process of its own: prints its address, loses its second node at the word `lose`, ends with its input."""

import os
import sys

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"


def main() -> None:
    from ray.cluster_utils import Cluster

    cpus, memory = 1, 100 * 2**20  # of each node
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": cpus, "object_store_memory": memory, "include_dashboard": False})
    second = cluster.add_node(num_cpus=cpus, object_store_memory=memory)
    print(f"address {cluster.address}", flush=True)
    for line in sys.stdin:
        if line.strip() == "lose":
            cluster.remove_node(second, allow_graceful=False)
            print("lost", flush=True)
    cluster.shutdown()


if __name__ == "__main__":
    main()
