using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi;

/// <summary>Reads a configuration file: what it does not know it refuses, what it cannot use it names.</summary>
internal static class SettingsFile
{
    /// <summary>Where the service looks when nothing else is said.</summary>
    public const string UsualPath = "/etc/edgernn/edgernn.json";

    private const int MostPin = 1023;
    private const int LongestSeconds = 7 * 24 * 3600;
    private const int MostReportMs = int.MaxValue / 1000; // the loop counts in microseconds

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="stateDirectory">The folder systemd made for the service (<c>STATE_DIRECTORY</c>), or null.</param>
    /// <exception cref="PiException">It cannot be read, or something in it is wrong.</exception>
    public static PiSettings Load(string path, string? stateDirectory)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : error.Message.TrimEnd('.');
            throw new PiException($"{path}: expected a configuration file, found none: {reason}; " +
                "copy edgernn.json from the program's folder there, or name another with --config");
        }
        return Parse(path, text, stateDirectory);
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="path">The file's name, for messages and for what is named relative to it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="stateDirectory">As in <see cref="Load"/>.</param>
    /// <exception cref="PiException">Something in it is wrong.</exception>
    public static PiSettings Parse(string path, string text, string? stateDirectory)
    {
        SettingsSection file = SettingsSection.Parse(path, text);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string? model = file.Text("model");
        SettingsSection sensor = file.RequiredSection("sensor");
        SettingsSection? report = file.Section("report"), state = file.Section("state"), health = file.Section("health");
        PiSettings settings = new()
        {
            File = path,
            ModelPath = model == null ? Path.Combine(AppContext.BaseDirectory, "model.ernn") : Path.Combine(folder, model),
            Channels = sensor.Texts("channels"),
            ChecksUnits = sensor.Flag("checkUnits", true),
            RateHz = sensor.Number("rate", 0.001, 100_000),
            SamplesPerTurn = sensor.Whole("samplesPerTurn", 1, 1, 1024),
            UsesCounts = sensor.Flag("counts", false),
            Alarm = PinOf(file.Section("alarm")),
            Led = PinOf(file.Section("led")),
            Buzzer = PinOf(file.Section("buzzer")),
            Button = PinOf(file.Section("button")),
            ReportMs = report?.Flag("stdout", true) ?? true ? report?.Whole("periodMs", 1000, 1, MostReportMs) ?? 1000 : 0,
            StateFolder = StateFolderOf(state, folder, stateDirectory),
            SaveSeconds = state?.Whole("saveSeconds", 600, 0, LongestSeconds) ?? 600,
            HealthAddress = AddressOf(health),
            SilenceSeconds = health?.Number("silenceSeconds", 0.1, LongestSeconds) ?? 5,
            LogsJson = LogOf(file) == "json",
            Sensor = SensorOf(sensor),
        };
        report?.Whole("periodMs", 1000, 1, MostReportMs);
        foreach (SettingsSection? section in new[] { report, state, health, file }) section?.End();
        if (!settings.ChecksUnits && settings.UsesCounts)
            throw sensor.Fail("checkUnits", "expected true with counts, which have no unit, found false; remove it");
        return settings;
    }

    // The rate is the host's and the sensor's: a device that measures by its own clock has to know it.
    private static SensorOptions SensorOf(SettingsSection sensor)
    {
        string kind = sensor.RequiredText("kind");
        double? rate = sensor.Number("rate", 0.001, 100_000);
        Dictionary<string, string> options = new(sensor.Rest(), StringComparer.Ordinal);
        if (rate is { } hz) options["rate"] = hz.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new SensorOptions(kind, options);
    }

    private static PinChoice? PinOf(SettingsSection? section)
    {
        if (section == null) return null;
        PinChoice pin = new(section.RequiredWhole("pin", 0, MostPin), section.Flag("activeLow", false));
        section.End();
        return pin;
    }

    private static string? StateFolderOf(SettingsSection? state, string folder, string? stateDirectory)
    {
        if (state != null && !state.Flag("keep", true)) return null;
        return state?.Text("folder") is { } named ? Path.Combine(folder, named)
            : string.IsNullOrEmpty(stateDirectory) ? null : stateDirectory.Split(':')[0];
    }

    private static IPEndPoint AddressOf(SettingsSection? health)
    {
        string text = health?.Text("address") ?? "127.0.0.1:8077";
        return text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out IPEndPoint? address) &&
            (address.Port > 0 || text.EndsWith(":0", StringComparison.Ordinal))
            ? address : throw health!.Fail("address", $"expected an address with a port, as 127.0.0.1:8077, found '{text}'; correct it");
    }

    private static string LogOf(SettingsSection file)
    {
        string log = file.Text("log") ?? "systemd";
        return log is "systemd" or "json" ? log : throw file.Fail("log", $"expected systemd or json, found '{log}'; correct it");
    }
}
