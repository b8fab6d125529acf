namespace UnitsNet;

public readonly struct Power
{
    public decimal Watts => throw Contract.Body;
}
