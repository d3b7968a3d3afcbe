"""Builds Valhalla's tiles from a street graph (JSON: nodes [lng, lat], edges [a, b, kind]) and answers as OSRM does."""
import json
import os
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import osmium
import valhalla

graph_file, directory = sys.argv[1:]
with open(graph_file) as file:
    graph = json.load(file)
HIGHWAY = {"primary": "primary", "secondary": "secondary", "local": "residential", "lane": "living_street"}
extract = os.path.join(directory, "city.osm.pbf")
writer = osmium.SimpleWriter(extract)
for id, place in enumerate(graph["nodes"], 1):
    writer.add_node(osmium.osm.mutable.Node(id=id, version=1, location=tuple(place)))
for id, (a, b, kind) in enumerate(graph["edges"], 1):
    tags = {"highway": HIGHWAY[kind]}
    writer.add_way(osmium.osm.mutable.Way(id=id, version=1, nodes=[a + 1, b + 1], tags=tags))
writer.close()

tiles = os.path.join(directory, "tiles")
os.makedirs(tiles)
config = valhalla.get_config(tile_extract="", tile_dir=tiles, verbose=False)
config["mjolnir"]["concurrency"] = 1
config_file = os.path.join(directory, "valhalla.json")
with open(config_file, "w") as file:
    json.dump(config, file)
program = os.path.join(os.path.dirname(valhalla.__file__), "bin", "valhalla_build_tiles")
build = [program, "-c", config_file, extract]
subprocess.run(build, check=True, stdout=sys.stderr)
actor = valhalla.Actor(config_file)


class AsOsrm(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urlsplit(self.path)
        places = re.fullmatch(r"/route/v1/driving/([-\d.]+),([-\d.]+);([-\d.]+),([-\d.]+)", asked.path)
        shape = {"geojson": "geojson", "polyline": "polyline5"}.get(parse_qs(asked.query)["geometries"][0], "polyline6")
        numbers = [float(number) for number in places.groups()]
        locations = [{"lon": numbers[i], "lat": numbers[i + 1]} for i in (0, 2)]
        question = {"locations": locations, "costing": "motor_scooter", "format": "osrm", "shape_format": shape}
        try:
            status, body = 200, actor.route(json.dumps(question))
        except Exception as error:
            status, body = 400, json.dumps({"code": "NoRoute", "message": str(error)})
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())


server = ThreadingHTTPServer(("127.0.0.1", 0), AsOsrm)
print(f"Ready on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
