# What one does with Campana's sources. `make help` says it.
SHELL := bash
MVN := mvn -B -ntp
JAVA := JAVA_HOME="$$(tools/find-jdk)"
WITH_JDK := export $(JAVA) && [[ -n $$JAVA_HOME ]] &&
PROOF_TOOLS := strace gcc nginx caddy systemd-analyze=systemd node=nodejs npm apprise openssl prometheus-alertmanager
PROOFS := -Dgroups=proofs -DexcludedGroups= -pl campana-it -am -Dsurefire.failIfNoSpecifiedTests=false
# One run of Maven with its count of tests at the end.
tests = $(WITH_JDK) rm -rf */target/surefire-reports && \
  { $(MVN) -q verify $(1); code=$$?; tools/search-printed || code=1; tools/count-tests || code=1; exit $$code; }
# make test T='FooTest,Bar*' runs some only
ONLY := $(if $(T),-Dtest='$(T)' -Dsurefire.failIfNoSpecifiedTests=false)

.PHONY: help serve test proofs bench soak dist install api format clean

help: ## says this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

serve: ## builds where something changed and runs the server; A='--port 0' adds options
	@./campana serve $(A)

test: ## all checks and tests, the browser's too; prints how many
	@tools/need chromium chromedriver=chromium-driver node=nodejs unshare=util-linux
	@/usr/bin/python3 -c 'import httplib2' 2>/dev/null || tools/need httplib2=python3-httplib2
	@$(call tests,$(ONLY))
	@echo 'not run here: the proofs that trace system calls, cut the power, fail the disk, start nginx and other clients (make proofs)'

proofs: ## the tests that need root and Debian's packages: system calls, power cuts, failing disks, nginx
	@tools/need $(PROOF_TOOLS)
	@$(call tests,$(PROOFS))

soak: ## 500 kills and 100 power cuts under load, of the server and of the relay, and the order of syncs; takes some hours
	@tools/need gcc strace
	@$(call tests,-DexcludedGroups= -pl campana-it -am -Dcampana.kills=500 -Dcampana.cuts=100 -Dtest='*KillTest,*PowerCutTest,*SyncOrderTest' -Dsurefire.failIfNoSpecifiedTests=false)

bench: ## how fast, beside what is possible; takes minutes; B=posts, client, start, build, relay, postgres or large runs one
	@case '$(B)' in ''|*postgres*|*large*) tools/need pgbench=postgresql-contrib unshare=util-linux;; esac
	@$(WITH_JDK) $(MVN) -q -Dquick -DskipTests -pl bench -am package dependency:build-classpath -Dmdep.outputFile=target/classpath && \
	  tools/warm-up.sh "$$JAVA_HOME/bin/java" campana-cli/target/campana >/dev/null 2>&1 && \
	  "$$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "bench/target/classes:$$(cat bench/target/classpath)" campana.bench.Main $(B)

dist: ## dist/campana-VERSION-linux-x64.tar.gz: unpack, run, no JDK; dist/maven-repository: the client
	@$(WITH_JDK) tools/dist
	@tools/publish dist/maven-repository && echo dist/maven-repository

install: ## the client into the local Maven repository
	@tools/publish --install

api: ## after a release: keeps the client's API, which later changes are compared with
	@to=$$(mktemp -d) && tools/publish "$$to" && rm -rf campana-client/api && mkdir campana-client/api && \
	  cp "$$to"/org/campana/campana-{wire,client}/*/*[0-9].jar campana-client/api/; rm -rf "$$to"

format: ## brings the sources into their form
	@$(WITH_JDK) $(MVN) -q spotless:apply

clean: ## forgets what was built
	@$(WITH_JDK) $(MVN) -q clean && rm -rf dist
