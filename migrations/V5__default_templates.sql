-- The templates that a new installation offers. The expressions name functions of nix/, the package set.
insert into application_templates
    (id, slug, name, description, category, nix_expression, default_cpu_millis, default_memory_mb, default_port)
values
    ('01900000-0000-7000-8000-000000000001', 'node', 'Node.js',
     'An HTTP app with package.json: dependencies from package-lock.json, an optional build script, npm start.',
     'web', '{ pkgs, src, name }: pkgs.nodeApp { inherit src name; }', 500, 256, 8080),
    ('01900000-0000-7000-8000-000000000002', 'static-site', 'Static site',
     'Files with an index.html, served with content-hash ETags and compression.',
     'static', '{ pkgs, src, name }: pkgs.staticSite { inherit src name; }', 100, 64, 8080);
