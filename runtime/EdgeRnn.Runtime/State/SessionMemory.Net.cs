namespace EdgeRnn.Runtime;

internal sealed partial class SessionMemory
{
    /// <summary>Who watches the session, or null.</summary>
    public LayerObserver? Observer { get; set; }
}
