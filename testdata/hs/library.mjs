// Drives HubSpot's library for tools, @hubspot/local-dev-lib, against the account
// that its config names. make hs-interop runs it against the local portal:
//
//     node library.mjs <folder with f.functions> <work folder>
//
// It prints one line for each group of calls that did what it should.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { getConfigDefaultAccount } from '@hubspot/local-dev-lib/config';
import { getAccessToken, scopesOnAccessToken } from '@hubspot/local-dev-lib/personalAccessKey';
import { fetchEnabledFeatures, fetchScopeAuthorizationData } from '@hubspot/local-dev-lib/api/localDevAuth';
import { addSecret, updateSecret, deleteSecret, fetchSecrets } from '@hubspot/local-dev-lib/api/secrets';
import { getRoutes, getFunctionLogs, getLatestFunctionLog, buildPackage, getBuildStatus } from '@hubspot/local-dev-lib/api/functions';
import * as mapper from '@hubspot/local-dev-lib/api/fileMapper';
import { downloadFileOrFolder } from '@hubspot/local-dev-lib/fileMapper';
import { uploadFolder, hasUploadErrors } from '@hubspot/local-dev-lib/cms/uploadFolder';
import * as projects from '@hubspot/local-dev-lib/api/projects';
import { fetchPublicAppsForPortal, fetchAppMetadataBySourceId, fetchPublicAppMetadata } from '@hubspot/local-dev-lib/api/appsDev';
import { addAppSecret, updateAppSecret, deleteAppSecret, fetchAppSecrets } from '@hubspot/local-dev-lib/api/devSecrets';

process.on('uncaughtException', (e) => {
  console.error(e.stack, e.data ?? ''); // without the request, which fills pages
  process.exit(1);
});

const [site, work] = process.argv.slice(2).map((dir) => path.resolve(dir));
const { accountId, personalAccessKey } = getConfigDefaultAccount();
const rejects = (promise, status) => assert.rejects(promise, (e) => (e.status ?? e.cause?.response?.status) === status);
const done = (what) => console.log(`ok ${what}`);

async function until(read, finished) {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const { data } = await read();
    if (finished(data)) return data;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not end');
}

{
  const token = await getAccessToken(personalAccessKey, 'prod', accountId);
  assert.equal(token.portalId, accountId);
  assert.ok(Date.parse(token.expiresAt) > Date.now());
  await assert.rejects(getAccessToken('wrong', 'prod', accountId));
  assert.ok((await scopesOnAccessToken(accountId)).includes('developer.projects.write'));
  assert.ok((await fetchScopeAuthorizationData(accountId)).data.portalScopesInGroup ?? true);
  assert.equal(typeof (await fetchEnabledFeatures(accountId)).data.enabledFeatures, 'object');
  done('tokens');
}
{
  await addSecret(accountId, 'LIB_KEY', 'one');
  await updateSecret(accountId, 'LIB_KEY', 'two');
  assert.ok((await fetchSecrets(accountId)).data.results.includes('LIB_KEY'));
  await rejects(updateSecret(accountId, 'NONE', 'x'), 404);
  await addSecret(accountId, 'GONE', 'x');
  await deleteSecret(accountId, 'GONE');
  assert.ok(!(await fetchSecrets(accountId)).data.results.includes('GONE'));
  done('secrets');
}
{
  const sent = ['main.css', 'f.functions/hi.js', 'f.functions/package.json', 'f.functions/serverless.json'].map((f) => path.join(site, f));
  const results = await uploadFolder(accountId, site, 'lib', {}, {}, sent);
  assert.equal(hasUploadErrors(results), false, JSON.stringify(results));
  await mapper.upload(accountId, path.join(site, 'main.css'), 'lib/draft.css', { buffer: true });
  const { data: folder } = await mapper.getDirectoryContentsByPath(accountId, 'lib');
  assert.deepEqual(new Set(folder.children), new Set(['f.functions', 'main.css', 'draft.css']));
  assert.equal((await mapper.getDirectoryMetaByPath(accountId, 'lib/f.functions')).data.folder, true);
  await mapper.moveFile(accountId, 'lib/main.css', 'lib/moved.css');
  await rejects(mapper.moveFile(accountId, 'lib/none.css', 'lib/x.css'), 404);
  await mapper.fetchFileStream(accountId, 'lib/moved.css', path.join(work, 'moved.css'));
  assert.equal(fs.readFileSync(path.join(work, 'moved.css'), 'utf8'), fs.readFileSync(path.join(site, 'main.css'), 'utf8'));
  assert.equal((await mapper.download(accountId, 'lib')).data.folder, true);
  await downloadFileOrFolder(accountId, 'lib', path.join(work, 'lib'));
  assert.equal(fs.readFileSync(path.join(work, 'lib/f.functions/hi.js'), 'utf8'), fs.readFileSync(path.join(site, 'f.functions/hi.js'), 'utf8'));
  await mapper.deleteFile(accountId, 'lib/moved.css');
  await rejects(mapper.deleteFile(accountId, 'lib/moved.css'), 404);
  await rejects(mapper.upload(accountId, path.join(site, 'main.css'), '../outside.css'), 400);
  done('files');
}
{
  const { data: routes } = await getRoutes(accountId);
  assert.ok(routes.objects.some((r) => r.route === 'hi' && r.method === 'GET'));
  const { data: id } = await buildPackage(accountId, 'lib/f.functions');
  const built = await until(() => getBuildStatus(accountId, id), (b) => b.status === 'SUCCESS' || b.status === 'ERROR');
  assert.equal(built.status, 'SUCCESS', built.errorReason);
  await rejects(buildPackage(accountId, 'lib/none.functions'), 404);
  const answer = await fetch(`${process.env.FNS_PORTAL_URL}/_hcms/api/hi`);
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { hi: 'Ada' });
  const logs = await until(() => getFunctionLogs(accountId, 'hi'), (l) => l.results.length > 0);
  assert.equal(logs.results[0].status, 'SUCCESS');
  assert.match((await getLatestFunctionLog(accountId, 'hi')).data.log, /called/);
  await rejects(getFunctionLogs(accountId, 'none'), 404);
  done('functions');
}
{
  const name = 'shop';
  const { data: pr } = await projects.fetchProject(accountId, name);
  assert.ok((await projects.fetchProjects(accountId)).data.results.some((p) => p.name === name));
  const { data: builds } = await projects.fetchProjectBuilds(accountId, name);
  const build = builds.results[0].buildId;
  assert.equal((await projects.getBuildStatus(accountId, name, build)).data.status, 'SUCCESS');
  assert.ok((await projects.getBuildStructure(accountId, name, build)).data.topLevelComponentsWithChildren);
  assert.ok((await projects.downloadProject(accountId, name, build)).data.length > 100);
  await projects.fetchBuildWarnLogs(accountId, name, build);
  assert.equal(typeof (await projects.fetchProjectSettings(accountId, name)).data.isAutoDeployEnabled, 'boolean');
  assert.ok((await projects.fetchProjectComponentsMetadata(accountId, pr.id)).data.topLevelComponentMetadata.length > 0);
  const other = builds.results.find((b) => b.buildId !== pr.deployedBuildId);
  const { data: queued } = await projects.deployProjectV2(accountId, name, other.buildId, false);
  const deployed = await until(() => projects.getDeployStatus(accountId, name, queued.id), (d) => d.status === 'SUCCESS' || d.status === 'FAILURE');
  assert.equal(deployed.status, 'SUCCESS');
  assert.ok((await projects.getDeployStructure(accountId, name, queued.id)).data.topLevelComponentsWithChildren);
  await projects.fetchDeployWarnLogs(accountId, name, queued.id);
  assert.equal((await projects.fetchProject(accountId, name)).data.deployedBuildId, other.buildId);
  await rejects(projects.fetchProject(accountId, 'none'), 404);
  await rejects(projects.createProject(accountId, name), 409);
  done('projects');
  const { data: apps } = await fetchPublicAppsForPortal(accountId);
  const app = apps.results.find((a) => a.projectId === pr.id);
  assert.equal((await fetchAppMetadataBySourceId(pr.id, app.sourceId, accountId)).data.id, app.id);
  assert.equal((await fetchPublicAppMetadata(app.id, accountId)).data.name, app.name);
  await addAppSecret(accountId, app.id, 'APP_KEY', 'one');
  await updateAppSecret(accountId, app.id, 'APP_KEY', 'two');
  assert.deepEqual((await fetchAppSecrets(accountId, app.id)).data.secretKeys.map((s) => s.secretKey), ['APP_KEY']);
  await deleteAppSecret(accountId, app.id, 'APP_KEY');
  done('apps');
}
{
  // The builds of older projects, file by file.
  const name = 'staged';
  await projects.createProject(accountId, name);
  await projects.provisionBuild(accountId, name, '2025.1');
  const file = path.join(work, 'hello.json');
  fs.writeFileSync(file, '{"name":"staged","uid":"staged","scopes":[],"public":false}');
  await projects.uploadFileToBuild(accountId, name, file, 'app/app.json');
  await projects.uploadFileToBuild(accountId, name, file, 'app/extra.json');
  await projects.deleteFileFromBuild(accountId, name, 'app/extra.json');
  await projects.queueBuild(accountId, name, '2025.1');
  const { data } = await projects.fetchProjectBuilds(accountId, name);
  await until(() => projects.getBuildStatus(accountId, name, data.results[0].buildId), (b) => b.status === 'SUCCESS' || b.status === 'FAILURE');
  await projects.provisionBuild(accountId, name, '2025.1');
  await projects.cancelStagedBuild(accountId, name);
  const { data: dry } = await projects.stageProjectForDeletion(accountId, name, true);
  assert.ok(dry.componentsToRemove);
  const { data: taken } = await projects.stageProjectForDeletion(accountId, name, false);
  if (taken.deployId) await until(() => projects.getDeployStatus(accountId, name, taken.deployId), (d) => d.status === 'SUCCESS');
  await projects.deleteProject(accountId, name);
  await rejects(projects.fetchProject(accountId, name), 404);
  done('staged builds');
}
