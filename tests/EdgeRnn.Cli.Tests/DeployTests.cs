using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

/// <summary><c>edgernn deploy</c>, against a device that is a folder: its commands really run.</summary>
public sealed class DeployTests
{
    [Fact]
    public void A_first_deployment_brings_program_model_unit_and_configuration()
    {
        using FakeDevice device = new();
        using Workspace workspace = new();
        string model = CalibratedPump.Watch(workspace);
        CliRun run = device.Deploy("--model", model).Succeeds();

        Assert.Matches(@"^\d+\.\d+\.\d+-[0-9a-f]{12}$", device.Current);
        Assert.EndsWith($"pi@raspberrypi: {device.Current} runs and is healthy\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(device.Path("opt/edgernn/current/model.ernn")));
        Assert.True(File.Exists(device.Path("etc/edgernn/edgernn.json")));
        Assert.Equal("unit\n", File.ReadAllText(device.Path("etc/systemd/system/edgernn.service")));
        Assert.Contains($"systemctl restart edgernn.service releases/{device.Current}", device.Log);
        string publish = Assert.Single(device.Log, line => line.StartsWith("dotnet publish", StringComparison.Ordinal));
        Assert.Contains("-r linux-arm64 --self-contained false -p:UseDevicePackages=true", publish, StringComparison.Ordinal);
    }

    [Fact]
    public void The_account_of_the_service_may_read_what_was_private_where_the_release_was_made()
    {
        if (OperatingSystem.IsWindows()) return;
        using FakeDevice device = new();
        device.Change("1");
        File.SetUnixFileMode(device.Path("extra/version"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        device.Deploy().Succeeds();
        const UnixFileMode everyone = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Assert.Equal(everyone, File.GetUnixFileMode(device.Path("opt/edgernn/current/version")) & everyone);
    }

    [Fact]
    public void Each_release_can_be_gone_back_from_until_none_is_left()
    {
        using FakeDevice device = new();
        string[] releases = new string[3];
        for (int i = 0; i < 3; i++)
        {
            device.Change($"{i}");
            device.Deploy().Succeeds();
            releases[i] = device.Current;
        }
        Assert.Equal(3, releases.Distinct().Count());
        CliRun back = device.Deploy("--rollback", "--json").Succeeds();
        Assert.Equal(releases[1], device.Current);
        Assert.Equal(releases[1], back.Json().GetProperty("release").GetString());
        device.Deploy("--rollback").Succeeds();
        Assert.Equal(releases[0], device.Current);
        device.Deploy("--rollback").FailsWith("there is no release before this one");
        Assert.Equal(releases[0], device.Current);
    }

    [Fact]
    public void A_release_that_is_ill_gives_way_to_the_one_before()
    {
        using FakeDevice device = new();
        device.Deploy().Succeeds();
        string sound = device.Current;
        device.Change("2", "ill");
        CliRun run = device.Deploy();
        Assert.Equal(1, run.ExitCode);
        Assert.Matches($"^error: pi@raspberrypi: \\S+ did not become healthy: sensor fault: no device answers; {sound} runs again and is healthy; ", run.Error);
        Assert.Equal(sound, device.Current);
        Assert.Equal($"systemctl restart edgernn.service releases/{sound}", device.Log.Last(line => line.Contains("restart", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_release_that_would_not_start_is_never_switched_to()
    {
        using FakeDevice device = new();
        device.Deploy().Succeeds();
        string sound = device.Current;
        device.Change("2", "bad");
        CliRun run = device.Deploy();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: pi@raspberrypi: check: error: model.ernn: damaged; nothing was switched", run.Error, StringComparison.Ordinal);
        Assert.Equal(sound, device.Current);
        Assert.Single(device.Log, line => line.Contains("restart", StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_that_was_damaged_on_its_way_is_never_switched_to()
    {
        using FakeDevice device = new();
        device.Deploy().Succeeds();
        string sound = device.Current;
        device.Change("2");
        device.Touch("fail-scp");
        CliRun run = device.Deploy();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("edgernn.json: FAILED", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was switched", run.Error, StringComparison.Ordinal);
        Assert.Equal(sound, device.Current);
    }

    [Fact]
    public void A_switch_that_failed_in_the_middle_leaves_the_release_that_ran_and_not_the_one_before_it()
    {
        using FakeDevice device = new();
        device.Deploy().Succeeds();
        device.Change("2");
        device.Deploy().Succeeds();
        string sound = device.Current;
        device.Change("3");
        device.Touch("fail-mv");
        CliRun run = device.Deploy();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"did not become healthy: mv: no power; {sound} runs again and is healthy", run.Error, StringComparison.Ordinal);
        Assert.Equal(sound, device.Current);
        // The next attempt finds nothing in its way.
        device.Deploy().Succeeds();
        Assert.NotEqual(sound, device.Current);
    }

    [Fact]
    public void A_connection_that_breaks_is_one_line()
    {
        using FakeDevice device = new();
        device.Touch("fail-ssh");
        CliRun run = device.Deploy();
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("error: pi@raspberrypi: prepare: Connection closed; nothing was switched\n", run.Error);
    }

    [Fact]
    public void A_model_stays_where_none_is_named_and_old_releases_go()
    {
        using FakeDevice device = new();
        using Workspace workspace = new();
        string model = CalibratedPump.Watch(workspace);
        device.Deploy("--model", model).Succeeds();
        for (int i = 0; i < 3; i++)
        {
            device.Change($"{i}");
            device.Deploy("--keep", "2").Succeeds();
        }
        Assert.Equal(2, device.Releases.Length);
        Assert.Contains(device.Current, device.Releases);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(device.Path("opt/edgernn/current/model.ernn")));
    }

    [Fact]
    public void The_same_again_is_the_same_release()
    {
        using FakeDevice device = new();
        device.Deploy().Succeeds();
        string release = device.Current;
        device.Deploy().Succeeds();
        Assert.Equal(release, device.Current);
        Assert.Equal([release], device.Releases);
        device.Deploy("--rollback").FailsWith("there is no release before this one");
    }

    [Fact]
    public void A_dry_run_shows_every_command_and_runs_none()
    {
        using FakeDevice device = new();
        CliRun run = device.Deploy("--dry-run").Succeeds();
        Assert.Empty(device.Log);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(["dotnet", "ssh", "scp", "ssh", "ssh", "ssh", "ssh"], lines.Select(line => line.Split(' ')[0]));
        Assert.Contains("mv -T current.new current", lines[4], StringComparison.Ordinal);
        Assert.Contains("-- pi@raspberrypi ", lines[1], StringComparison.Ordinal);
        JsonElement commands = device.Deploy("--dry-run", "--rollback", "--json").Succeeds().Json().GetProperty("commands");
        Assert.Equal(2, commands.GetArrayLength());
        Assert.Empty(device.Log);
    }

    [Fact]
    public void Packages_that_are_not_there_name_the_property()
    {
        using FakeDevice device = new();
        device.Touch("fail-publish");
        CliRun run = device.Deploy();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("dotnet publish with UseDevicePackages true failed: x.csproj : error NU1101: Unable to find package System.Device.Gpio.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-oProxyCommand=touch x")]
    [InlineData("pi@-oProxyCommand")]
    [InlineData("pi@host;reboot")]
    [InlineData("pi@host name")]
    [InlineData("$(reboot)")]
    [InlineData("pi@host\nreboot")]
    [InlineData("@host")]
    [InlineData("pi@.host")]
    [InlineData("pi@host-")]
    public void A_host_that_is_none_reaches_no_program(string host) => CliRun.Of("deploy", "--dry-run", "--", host).FailsWith("expected USER@HOST of letters");

    [Theory]
    [InlineData("raspberrypi")]
    [InlineData("pi@192.168.1.20")]
    [InlineData("pi@pi-4.local")]
    public void A_host_as_ssh_knows_it_is_taken(string host) =>
        Assert.Contains($"-- {host} ", CliRun.Of("deploy", host, "--dry-run", "--source", Repository.Root).Succeeds().Output, StringComparison.Ordinal);

    [Fact]
    public void An_address_with_colons_is_in_brackets_where_scp_wants_it()
    {
        string output = CliRun.Of("deploy", "pi@fe80::1", "--dry-run", "--source", Repository.Root).Succeeds().Output;
        Assert.Contains("'pi@[fe80::1]:/opt/edgernn/releases/'", output, StringComparison.Ordinal);
        Assert.Contains("-- pi@fe80::1 ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--keep: expected 2 to 100", "--keep", "1")]
    [InlineData("--wait: expected 1 to 3600 seconds", "--wait", "0")]
    [InlineData("--runtime: expected linux-arm64, linux-arm or linux-x64, found 'win-x64'", "--runtime", "win-x64")]
    [InlineData("--rollback: expected without --model", "--rollback", "--model", "m.ernn")]
    [InlineData("expected a clone of EdgeRnn", "--source", "absent")]
    [InlineData("absent.ernn: there is no such file", "--model", "absent.ernn")]
    public void Wrong_usage_is_one_line(string expected, params string[] args) => CliRun.Of(["deploy", "pi@raspberrypi", .. args]).FailsWith(expected);

    [Fact]
    public void A_model_that_was_not_calibrated_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("deploy", "pi@raspberrypi", "--model", workspace.Identity(1)).FailsWith("holds no detector; run `edgernn calibrate");
    }
}
