using System;
using System.Net.Sockets;
using System.Text;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// Tells systemd how the service is: datagrams to the socket it names in <c>NOTIFY_SOCKET</c> (sd_notify(3)). Never waits, never throws; a
/// message that does not get through is lost.
/// </summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket? _socket;

    /// <summary>A connection.</summary>
    /// <param name="path">A path, or an abstract name that begins with <c>@</c>; null or empty: nobody listens.</param>
    public NotifySocket(string? path)
    {
        if (string.IsNullOrEmpty(path)) return;
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            socket.Blocking = false;
            _socket = socket;
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            socket.Dispose();
            Failure = $"NOTIFY_SOCKET: '{path}' cannot be reached: {error.Message}; systemd will not hear of this service";
        }
    }

    /// <summary>Whether anybody listens.</summary>
    public bool IsOpen => _socket != null;

    /// <summary>Why nobody can be reached although a socket was named, or null.</summary>
    public string? Failure { get; }

    /// <summary>Sends assignments, as <c>READY=1</c>; more than one on lines of their own.</summary>
    public bool Send(string state) => Send(Encoding.UTF8.GetBytes(state));

    /// <summary>As <see cref="Send(string)"/>, without allocating.</summary>
    public bool Send(byte[] state)
    {
        if (_socket == null) return false;
        int sent = _socket.Send(state, 0, state.Length, SocketFlags.None, out SocketError error);
        return error == SocketError.Success && sent == state.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();
}
