namespace UnitsNet;

public readonly struct Pressure
{
    public double Pascals => throw Contract.Body;
}
