namespace UnitsNet;

public readonly struct Length
{
    public double Meters => throw Contract.Body;
}
