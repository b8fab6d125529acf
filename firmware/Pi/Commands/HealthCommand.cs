using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeRnn.Firmware.Pi;

/// <summary><c>edgernn-pi health</c>: asks the running service how it is.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks, again and again where it may wait.</summary>
    /// <returns>0 where the service is well.</returns>
    public static async Task<int> Run(Arguments arguments, TextWriter output)
    {
        double wait = arguments.Number("--wait", 0, 0, 3600);
        PiSettings settings = RunCommand.SettingsOf(arguments);
        using SocketsHttpHandler direct = new() { UseProxy = false }; // whatever proxy the environment names, this is for this system alone
        using HttpClient client = new(direct) { Timeout = TimeSpan.FromSeconds(5) };
        using PeriodicTimer timer = new(_pause);
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            (bool isHealthy, string text) = await Ask(client, settings.HealthAddress).ConfigureAwait(false);
            if (isHealthy || watch.Elapsed.TotalSeconds >= wait)
            {
                await output.WriteLineAsync(text).ConfigureAwait(false);
                return isHealthy ? 0 : PiException.BadInput;
            }
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    private static async Task<(bool IsHealthy, string Text)> Ask(HttpClient client, IPEndPoint address)
    {
        IPAddress host = address.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address.Address;
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://{new IPEndPoint(host, address.Port)}/healthz"))
                .ConfigureAwait(false);
            return (answer.IsSuccessStatusCode, (await answer.Content.ReadAsStringAsync().ConfigureAwait(false)).Trim());
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return (false, $"no answer from {address}: {error.Message.TrimEnd('.')}");
        }
    }
}
