namespace System.Device.Gpio;

public enum PinMode
{
    Input = 0,
    Output = 1,
    InputPullDown = 2,
    InputPullUp = 3,
}
